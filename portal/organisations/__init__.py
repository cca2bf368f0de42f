"""Universities, companies, institutes and public bodies: who they are, who belongs to them, in which role."""
