from thanthien.procedures.views.catalogue import catalogue, detail, policy, version
from thanthien.procedures.views.offering import change, offer, withdraw
from thanthien.procedures.views.offerings import offerings

__all__ = ["catalogue", "change", "detail", "offer", "offerings", "policy", "version", "withdraw"]
