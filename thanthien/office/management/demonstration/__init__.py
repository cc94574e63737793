"""A demonstration commune, made by the real actions at the hours of the last weeks. All people are invented."""
