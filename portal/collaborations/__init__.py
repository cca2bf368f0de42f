"""What two organisations do together once a proposal is accepted: milestones, deliverables, outcomes, close."""
