from thanthien.satisfaction.models.assessment import Assessment, Remark
from thanthien.satisfaction.models.campaign import Campaign, Drawn
from thanthien.satisfaction.models.invitation import Invitation, RatingDevice, RatingTurn
from thanthien.satisfaction.models.response import Answer, Response, UnhappyCase
from thanthien.satisfaction.models.survey import Survey, SurveyVersion

__all__ = [
    "Answer", "Assessment", "Campaign", "Drawn", "Invitation", "RatingDevice", "RatingTurn", "Remark", "Response",
    "Survey", "SurveyVersion", "UnhappyCase",
]  # fmt: skip
