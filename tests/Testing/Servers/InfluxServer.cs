using System.Diagnostics;

namespace EdgeEnforcement.Testing.Servers;

/// <summary>Debian: influxdb 1.6. Each write request is in its log and synced before it is answered.</summary>
public sealed class InfluxServer : ForeignServer
{
    public const string Database = "edgeenforcement";

    private static readonly HttpClient Http = new();

    public string Url => $"http://127.0.0.1:{Port}";

    public async Task<string> QueryAsync(string influxQl)
    {
        using FormUrlEncodedContent content = new(new Dictionary<string, string> { ["q"] = influxQl });
        using var answer = await Http.PostAsync(new Uri($"{Url}/query?db={Database}&epoch=ms"), content);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task WriteAsync(string lines)
    {
        using StringContent content = new(lines);
        using var answer = await Http.PostAsync(new Uri($"{Url}/write?db={Database}&precision=ms"), content);
        answer.EnsureSuccessStatusCode();
    }

    protected override ProcessStartInfo Prepare()
    {
        var file = Path.Combine(Folder, "influxdb.conf");
        File.WriteAllText(file, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
              dir = "{Folder}/meta"
            [data]
              dir = "{Folder}/data"
              wal-dir = "{Folder}/wal"
              index-version = "tsi1"
              query-log-enabled = false
            [http]
              bind-address = "127.0.0.1:{Port}"
              log-enabled = false
            [monitor]
              store-enabled = false
            """);
        return Quiet("/usr/bin/influxd", "-config", file);
    }

    protected override async Task<bool> IsReadyAsync() => (await QueryAsync($"CREATE DATABASE {Database}")).Contains("statement_id", StringComparison.Ordinal);
}
