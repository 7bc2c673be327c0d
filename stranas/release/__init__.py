"""From verified to official: closing, clarification of scores, berita acara, penetapan hasil."""
