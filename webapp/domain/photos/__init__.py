"""学历照片: the standard they must meet, the import that brings them, and the officer's word on doubtful ones."""
