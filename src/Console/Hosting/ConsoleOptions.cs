using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.OperatorConsole.Hosting;

/// <summary>Where the console listens, which service it asks, and where it keeps the key it pinned.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    // Until sign-in lands everything binds to loopback.
    [Required]
    public string Listen { get; set; } = "http://127.0.0.1:7500";

    // The service's gRPC listener (HTTP/2 without TLS on loopback).
    [Required]
    public string Service { get; set; } = "http://127.0.0.1:7501";

    // The service's plain HTTP listener: media bytes, ledger files, health.
    [Required]
    public string ServiceHttp { get; set; } = "http://127.0.0.1:7502";

    // Pinned ledger keys and cookie keys; empty = the user's own data folder.
    public string Data { get; set; } = "";

    // A person cannot read faster; five queries a second per open page at the most (the aim: alert to screen p99 500 ms).
    [Range(50, 5000)]
    public int FeedThrottleMilliseconds { get; set; } = 200;

    // After this a query is given up and shown as trouble.
    [Range(1, 120)]
    public int QuerySeconds { get; set; } = 10;

    // A check re-reads the whole file at the service, and once more here.
    [Range(10, 3600)]
    public int CheckSeconds { get; set; } = 600;
}
