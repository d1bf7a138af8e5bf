import { parseSignature } from '../signature.ts';
import { AGGREGATE_FUNCTIONS } from './aggregates.ts';
import { BINARY_FUNCTIONS } from './binary.ts';
import { COLLECTION_FUNCTIONS } from './collections.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import type { FunctionDefinition, FunctionTable } from './definition.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { MATH_FUNCTIONS } from './math.ts';
import { STRING_FUNCTIONS } from './strings.ts';
import { WINDOW_FUNCTIONS } from './windows.ts';

export type { FunctionDefinition } from './definition.ts';

/** Trino's functions by name: https://trino.io/docs/current/functions.html */
export const SCALARS = byName(
  MATH_FUNCTIONS,
  STRING_FUNCTIONS,
  BINARY_FUNCTIONS,
  DATE_FUNCTIONS,
  COLLECTION_FUNCTIONS,
  JSON_FUNCTIONS,
);
export const AGGREGATES = byName(AGGREGATE_FUNCTIONS);
export const WINDOWS = byName(WINDOW_FUNCTIONS);

/** Functions that Athena has and the local engine does not: refused by their name. */
export const UNSUPPORTED = new Set(
  `approx_most_frequent approx_set bar beta_cdf bing_tile bing_tile_at bing_tile_coordinates bing_tile_polygon bing_tile_quadkey
  bing_tile_zoom_level bing_tiles_around classify color convex_hull_agg empty_approx_set evaluate_classifier_predictions
  features from_encoded_polyline from_geojson_geometry from_iso8601_timestamp_nanos from_unixtime_nanos geometry_from_hadoop_shape
  geometry_invalid_reason geometry_nearest_points geometry_to_bing_tiles geometry_union geometry_union_agg
  great_circle_distance hash_counts index intersection_cardinality inverse_beta_cdf inverse_normal_cdf
  jaccard_index learn_classifier learn_libsvm_classifier learn_libsvm_regressor learn_regressor line_interpolate_point
  line_interpolate_points line_locate_point make_set_digest merge merge_set_digest murmur3 numeric_histogram objectid
  objectid_timestamp qdigest_agg reduce_agg regress render rgb simplify_geometry spatial_partitioning spooky_hash_v2_32
  spooky_hash_v2_64 tdigest_agg to_encoded_polyline to_geojson_geometry to_geometry to_spherical_geography
  value_at_quantile values_at_quantiles quantile_at_value word_stem xxhash64 st_area st_asbinary st_astext st_boundary
  st_buffer st_centroid st_contains st_convexhull st_coorddim st_crosses st_difference st_dimension st_disjoint
  st_distance st_endpoint st_envelope st_envelopeaspts st_equals st_exteriorring st_geometries st_geometryfromtext
  st_geometryn st_geometrytype st_geomfrombinary st_geomfromkml st_interiorringn st_interiorrings st_intersection
  st_intersects st_isclosed st_isempty st_isring st_issimple st_isvalid st_length st_linefromtext st_linestring
  st_multipoint st_numgeometries st_numinteriorring st_numpoints st_overlaps st_point st_pointn st_points st_polygon
  st_relate st_startpoint st_symdifference st_touches st_union st_within st_x st_xmax st_xmin st_y st_ymax st_ymin
  current_groups table_name timestamp_objectid`.split(/\s+/),
);

function byName(...tables: FunctionTable[]): Map<string, FunctionDefinition[]> {
  const definitions = tables.flatMap((table) =>
    Object.entries(table).map(([text, value]): FunctionDefinition => {
      const given = typeof value === 'string' || typeof value === 'function' ? { sql: value } : value;
      return { signature: parseSignature(text), ...given };
    }),
  );
  return Map.groupBy(definitions, ({ signature }) => signature.name);
}
