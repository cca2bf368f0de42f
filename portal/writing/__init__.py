"""What people type into long forms and have not saved: kept for them alone, and given back when the form is opened again."""
