"""Rows in and values out. With `services.tables` and the migrations, the only place that speaks SQL."""
