"""Addresses of the directory and of its imports."""

from django.urls import path

from shelterbelt.orgs.views import directory, imports

app_name = "orgs"
urlpatterns = [
    path("directory/", directory.search, name="search"),
    path("directory/found.<slug:form>", directory.search_export, name="search_export"),
    path("directory/<int:org_id>/", directory.org, name="org"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:import_id>/", imports.import_, name="import"),
    path("imports/<int:import_id>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:import_id>/problems.csv", imports.import_problems, name="import_problems"),
    path("imports/<int:import_id>/load/", imports.import_load, name="import_load"),
]
