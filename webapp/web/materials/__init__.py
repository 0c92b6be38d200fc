"""Step 3 of an application and 修改附件 as applicants meet them: which papers are needed, and the pictures of each."""
