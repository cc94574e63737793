from django.urls import path

from thanthien.satisfaction.views import answering, campaigns, cases, indices, paper, results, surveys, tablet

app_name = "satisfaction"
urlpatterns = [
    # citizens
    path("", answering.give, name="give"),
    path("cam-on/", answering.thanks, name="thanks"),
    path("phieu/<str:token>/", answering.invited, name="invited"),
    path("may/<str:token>/", tablet.tablet, name="tablet"),
    path("may/<str:token>/luot/", tablet.turn, name="turn"),
    # officers
    path("ket-qua/", results.results, name="results"),
    path("nhap-phieu/", paper.type_slips, name="slips"),
    path("chua-hai-long/", cases.cases, name="cases"),
    path("chua-hai-long/<int:case_id>/", cases.case, name="case"),
    path("dot/", campaigns.campaigns, name="campaigns"),
    path("dot/moi/", campaigns.plan, name="plan"),
    path("dot/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("dot/<int:campaign_id>/rut-mau/", campaigns.draw, name="draw"),
    path("dot/<int:campaign_id>/khep/", campaigns.close, name="close"),
    path("dot/<int:campaign_id>/goi/<int:position>/", campaigns.call, name="call"),
    path("chi-so/", indices.indices, name="indices"),
    path("chi-so/<int:assessment_id>/", indices.assessment, name="assessment"),
    path("mau/", surveys.surveys, name="surveys"),
    path("mau/<slug:code>/", surveys.survey, name="survey"),
    path("mau/<slug:code>/thang/<slug:key>/", surveys.scale, name="scale"),
    path("mau/<slug:code>/xem/", surveys.preview, name="preview"),
    path("mau/<slug:code>/tai/", surveys.export, name="export"),
    path("mau/<slug:code>/chep/", surveys.copy, name="copy"),
    path("thiet-bi/", tablet.devices, name="devices"),
    path("thiet-bi/<int:device_id>/khoa/", tablet.revoke, name="revoke"),
]
