"""Security assessments of schools, walked and scored, and what is bought because of them."""
