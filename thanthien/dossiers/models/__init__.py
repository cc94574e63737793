from thanthien.dossiers.models.agency import AgencyRequest
from thanthien.dossiers.models.apology import Apology
from thanthien.dossiers.models.declaration import Declaration
from thanthien.dossiers.models.desk import Consultation, Guidance, HandOver, HandOverList, SavedFilter, Viewing
from thanthien.dossiers.models.dossier import Dossier
from thanthien.dossiers.models.papers import DossierFile, DossierPaper, Pause, SupplementRequest
from thanthien.dossiers.models.result import Fee, ResultReturn

__all__ = [
    "AgencyRequest", "Apology", "Consultation", "Declaration", "Dossier", "DossierFile", "DossierPaper", "Fee",
    "Guidance", "HandOver", "HandOverList", "Pause", "ResultReturn", "SavedFilter", "SupplementRequest", "Viewing",
]  # fmt: skip
