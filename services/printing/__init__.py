"""Papers as PDF. The fonts are DejaVu Sans (free to bundle), cut down to the letters of European names."""
