from thanthien.procedures.queries.process import first_step_of, step_after, step_at, step_before, steps_of

__all__ = ["first_step_of", "step_after", "step_at", "step_before", "steps_of"]
