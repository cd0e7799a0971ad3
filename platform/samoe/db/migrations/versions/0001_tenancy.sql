CREATE TABLE areas (
  code TEXT NOT NULL, 
  kind TEXT NOT NULL, 
  name_th TEXT NOT NULL, 
  name_en TEXT NOT NULL, 
  parent_code TEXT, 
  valid_from DATE, 
  valid_to DATE, 
  CONSTRAINT pk_areas PRIMARY KEY (code), 
  CONSTRAINT ck_areas_kind CHECK (kind in ('province', 'district', 'subdistrict')), 
  CONSTRAINT fk_areas_parent_code FOREIGN KEY(parent_code) REFERENCES areas (code)
);
CREATE INDEX ix_areas_parent_code ON areas (parent_code);
CREATE TABLE tenants (
  id SMALLINT NOT NULL, 
  public_id UUID NOT NULL, 
  slug TEXT NOT NULL, 
  kind TEXT NOT NULL, 
  name_th TEXT NOT NULL, 
  name_en TEXT NOT NULL, 
  province_code TEXT, 
  place SMALLINT, 
  configured BOOLEAN DEFAULT false NOT NULL, 
  applied JSONB DEFAULT '{}' NOT NULL, 
  opened_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_tenants PRIMARY KEY (id), 
  CONSTRAINT ck_tenants_kind CHECK (kind in ('province', 'fund', 'rehearsal')), 
  CONSTRAINT uq_tenants_public_id UNIQUE (public_id), 
  CONSTRAINT uq_tenants_slug UNIQUE (slug), 
  CONSTRAINT fk_tenants_province_code FOREIGN KEY(province_code) REFERENCES areas (code)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON areas TO samoe_app;
GRANT SELECT ON areas TO samoe_fund;

GRANT SELECT, INSERT, UPDATE, DELETE ON tenants TO samoe_app;
GRANT SELECT ON tenants TO samoe_fund;

