"""The look of every page: base template, components, form field, charts and maps. It knows nothing of schools."""
