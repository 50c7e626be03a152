"""The site: settings, base pages, cockpit, health and the preparation of the embedded database."""
