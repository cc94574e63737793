from thanthien.organisation.queries.calendar import Week, calendar_for, holidays_of, missing_holidays, week_of, weeks_of

__all__ = [
    "Week",
    "calendar_for",
    "holidays_of",
    "missing_holidays",
    "week_of",
    "weeks_of",
]
