namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>Which server listens: they differ in paths and in how a token is named.</summary>
internal enum InfluxVersion
{
    V1 = 1, // POST /write?db=, user and password or nothing
    V2 = 2, // POST /api/v2/write?org=&bucket=, "Token"
    V3 = 3, // POST /api/v3/write_lp?db=, "Bearer"
}
