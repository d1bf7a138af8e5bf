import { TRINO_FUNCTIONS } from './trino-functions.ts';

/** Functions that Athena has and that the editor has no description of: they are seldom written, or need another engine. */
export const UNDESCRIBED_FUNCTIONS = new Set(
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

/**
 * Names that newer Trinos have, or that are words of its grammar: Athena may come to know them, so that nobody is told
 * that they do not exist. https://trino.io/docs/current/functions/list.html
 */
const NEWER_FUNCTIONS = new Set(
  `array_first array_histogram array_last collect concat_ws current_catalog current_date current_path current_role current_schema
  current_time current_timestamp current_timezone current_user element ends_with exclude_columns first flatten fusion geometry_collect_agg
  intersection json json_object json_scalar json_serialize last localtime localtimestamp luhn_check match_number next
  parse_duration permute prev random_string regr_avgx regr_avgy regr_count regr_r2 regr_sxx regr_sxy regr_syy scale_qdigest
  sequence set soundex spatial_partitions theta_sketch_cardinality theta_sketch_union title_case to_char to_date
  to_timestamp trim_array try version week_of_year year_of_week`.split(/\s+/),
);

/** False only where it is certain that Athena has no function of that name, in lower case. */
export function isKnownFunction(name: string): boolean {
  return (
    TRINO_FUNCTIONS.has(name) ||
    UNDESCRIBED_FUNCTIONS.has(name) ||
    NEWER_FUNCTIONS.has(name) ||
    // Geometry's, which grow by the dozen.
    name.startsWith('st_')
  );
}
