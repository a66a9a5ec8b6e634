"""The pages that bring everything together: each module is one page and its neighbours."""
