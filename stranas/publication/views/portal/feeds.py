"""Atom feed, sitemap, robots.txt."""
