"""Running the house: serving, watching, backing up, finding out what is wrong."""
