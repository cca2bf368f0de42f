"""Questions about listings and their answers, read by whoever reads the listing. Not messages: nobody learns who asked."""
