alter table indexed_fields drop column reached;
