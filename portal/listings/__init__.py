"""What is offered and sought: research projects, challenges, internships, training programmes and compute offers."""
