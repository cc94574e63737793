"""What the national portal and Excel say, in our own shape. Knows no model and no database.

`read_path` turns a file or a folder into `ProcedureRecord`s, and every bad one into a `RecordFault`.
"""

from thanthien.procedures.outside.files import NothingThere, read_path
from thanthien.procedures.outside.kinds import fee_rule_of, is_immediate, life_event_of
from thanthien.procedures.outside.limits import limits_in
from thanthien.procedures.outside.records import ProcedureRecord, RecordFault

__all__ = [
    "NothingThere",
    "ProcedureRecord",
    "RecordFault",
    "fee_rule_of",
    "is_immediate",
    "life_event_of",
    "limits_in",
    "read_path",
]
