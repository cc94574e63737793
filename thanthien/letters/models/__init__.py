from thanthien.letters.models.letter import Confirmation, Letter, WrongName
from thanthien.letters.models.settings import LetterText, OccasionRule, Signature

__all__ = ["Confirmation", "Letter", "LetterText", "OccasionRule", "Signature", "WrongName"]
