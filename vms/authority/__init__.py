"""Who may see which camera, on what basis, until when."""
