using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>What <c>load mqtt</c> is told: <c>--name value</c> pairs.</summary>
internal sealed record MqttLoadOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    /// <summary>4 for 3.1.1, 5 for 5.0.</summary>
    public byte Version { get; init; } = 4;

    public int Connections { get; init; } = 50;

    /// <summary>Unacknowledged messages per connection.</summary>
    public int Window { get; init; } = 20;

    /// <summary>Of all connections together, per run.</summary>
    public long Messages { get; init; } = 500_000;

    public int PayloadBytes { get; init; } = 200;

    public int Qos { get; init; } = 1;

    /// <summary>{n} is the number of the connection.</summary>
    public string Topic { get; init; } = "bench/{n}";

    public string ClientId { get; init; } = "bench-{n}";

    /// <summary>Messages per second of all connections together, sent by the clock whatever the server does; 0: as fast as the window allows.</summary>
    public double Rate { get; init; }

    public int Runs { get; init; } = 3;

    public long WarmUp { get; init; } = 50_000;

    /// <summary>One is enough for a million messages a second and leaves the other core to the server.</summary>
    public int Threads { get; init; } = 1;

    public int Subscribers { get; init; }

    public int SubscriberQos { get; init; }

    /// <summary>The server's processes, for their processor time and memory.</summary>
    public IReadOnlyList<int> Processes { get; init; } = [];

    /// <summary>What is published; signed bodies go to the producer's own topic, whatever <see cref="Topic"/> says.</summary>
    public LoadBody Body { get; init; }

    /// <summary>Where producers of signed bodies register.</summary>
    public int GrpcPort { get; init; }

    public bool IsTls { get; init; }

    /// <summary>No run is to take longer: fewer messages are sent where the warm-up says so. 0: no limit.</summary>
    public double Seconds { get; init; }

    /// <summary>Where our own service shows its numbers; null: not asked.</summary>
    public Uri? Metrics { get; init; }

    /// <summary>Not empty: print one row of a Markdown table under this name.</summary>
    public string Row { get; init; } = "";

    public static MqttLoadOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new MqttLoadOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length)
                throw new ArgumentException($"{arguments[i]} has no value");
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options.Window is < 1 or > 65_535 || options.PayloadBytes < RawMessages.StampBytes || options.Connections < 1
            ? throw new ArgumentException("window 1 to 65535, payload at least 8 bytes, at least one connection")
            : options;
    }

    private MqttLoadOptions With(string name, string value) => name switch
    {
        "--host" => this with { Host = value },
        "--port" => this with { Port = Number(value) },
        "--version" => this with { Version = (byte)Number(value) },
        "--connections" => this with { Connections = Number(value) },
        "--window" => this with { Window = Number(value) },
        "--messages" => this with { Messages = Number(value) },
        "--payload" => this with { PayloadBytes = Number(value) },
        "--qos" => this with { Qos = Number(value) },
        "--topic" => this with { Topic = value },
        "--client-id" => this with { ClientId = value },
        "--rate" => this with { Rate = double.Parse(value, CultureInfo.InvariantCulture) },
        "--runs" => this with { Runs = Number(value) },
        "--warm-up" => this with { WarmUp = Number(value) },
        "--threads" => this with { Threads = Number(value) },
        "--subscribers" => this with { Subscribers = Number(value) },
        "--subscriber-qos" => this with { SubscriberQos = Number(value) },
        "--pid" => this with { Processes = [.. value.Split(',').Select(Number)] },
        "--body" => this with { Body = Enum.Parse<LoadBody>(value, ignoreCase: true) },
        "--grpc-port" => this with { GrpcPort = Number(value) },
        "--tls" => this with { IsTls = bool.Parse(value) },
        "--seconds" => this with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
        "--metrics" => this with { Metrics = new Uri(value) },
        "--row" => this with { Row = value },
        _ => throw new ArgumentException($"{name} is not an option of load mqtt"),
    };

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
