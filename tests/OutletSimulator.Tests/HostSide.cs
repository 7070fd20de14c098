using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeEnforcement.OutletSimulator.Tests;

/// <summary>
/// A host (上位机) at the other end of a real socket, written from clause 6.3 and annex A of HJ 212-2017 without the simulator's code. Its clock is the
/// simulator's; while it waits the clock is moved on by a second each time the logger has gone to sleep, so that no incident is passed over.
/// </summary>
internal sealed class HostSide : IAsyncDisposable
{
    public const string Password = "123456";

    /// <summary>2026-11-28 16:00 in China.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 28, 8, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly DataLogger _logger;
    private readonly Task _running;
    private TcpClient? _link;

    public HostSide(Station station, double historyHours = 0)
    {
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        var options = new LoggerOptions("127.0.0.1", port, Password, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromHours(historyHours));
        _logger = new DataLogger(station, options, Time, TextWriter.Null);
        _running = _logger.RunAsync(_stopping.Token);
    }

    public SteppedTime Time { get; } = new(Start);

    /// <summary>The logger's next connection.</summary>
    public async Task ConnectedAsync()
    {
        _link?.Dispose();
        _link = await MoveUntilAsync(_listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask());
    }

    /// <summary>The next frame, checked byte for byte; null when the logger has closed the link.</summary>
    public async Task<Heard?> HearAsync() => await MoveUntilAsync(ReadAsync(_link!.GetStream())); // after ConnectedAsync

    /// <summary>The next frame of a command; others are passed over.</summary>
    public async Task<Heard> HearAsync(int cn)
    {
        while (true)
        {
            var heard = await HearAsync();
            Assert.NotNull(heard);
            if (heard.Cn == cn)
                return heard;
        }
    }

    /// <summary>Asks, and gives everything that bears the number of the question, up to 9012 or a refusal.</summary>
    public async Task<IReadOnlyList<Heard>> AskAsync(int cn, string area, string password = Password)
    {
        const string qn = "20261128235959001";
        var data = $"QN={qn};ST=32;CN={cn:D4};PW={password};MN=x;Flag=5;CP=&&{area}&&";
        var body = Encoding.ASCII.GetBytes(data);
        await _link!.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"##{body.Length:D4}{data}{Crc(body):X4}\r\n"), TestContext.Current.CancellationToken);
        var answers = new List<Heard>();
        while (answers is not [.., { Cn: 9012 }] and not [{ Cn: 9011, Area: not "QnRtn=1" }])
        {
            var heard = await HearAsync();
            Assert.NotNull(heard);
            if (heard.Qn == qn)
                answers.Add(heard);
        }
        return answers;
    }

    private static async Task<Heard?> ReadAsync(NetworkStream link)
    {
        var head = new byte[6];
        try
        {
            if (await link.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken) < head.Length)
                return null;
        }
        catch (IOException)
        {
            return null; // reset: closed, too
        }
        Assert.Equal("##", Encoding.ASCII.GetString(head, 0, 2));
        var length = int.Parse(head.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
        Assert.InRange(length, 0, 1024);
        var rest = new byte[length + 6];
        await link.ReadExactlyAsync(rest, TestContext.Current.CancellationToken);
        Assert.Equal($"{Crc(rest.AsSpan(0, length)):X4}\r\n", Encoding.ASCII.GetString(rest, length, 6));
        return Heard.Parse(Encoding.ASCII.GetString(rest, 0, length));
    }

    // Annex A: the low byte is dropped at each step.
    private static int Crc(ReadOnlySpan<byte> bytes)
    {
        var register = 0xFFFF;
        foreach (var b in bytes)
        {
            register = (register >> 8) ^ b;
            for (var bit = 0; bit < 8; bit++)
                register = (register & 1) == 1 ? (register >> 1) ^ 0xA001 : register >> 1;
        }
        return register;
    }

    private async Task<T> MoveUntilAsync<T>(Task<T> awaited)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!awaited.IsCompleted)
        {
            var sleeps = Time.Sleeps;
            Time.Advance(Step);
            while (!awaited.IsCompleted && Time.Sleeps == sleeps)
            {
                Assert.True(TimeProvider.System.GetUtcNow() < until, "the logger did nothing more");
                await Task.WhenAny(awaited, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
            }
        }
        return await awaited;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _link?.Dispose();
        _listener.Stop();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _logger.Dispose();
        _stopping.Dispose();
    }

    /// <summary>What a logger said.</summary>
    internal sealed record Heard(IReadOnlyDictionary<string, string> Head, string Area)
    {
        private static readonly TimeSpan China = TimeSpan.FromHours(8);

        public string Qn => Head["QN"];

        public int Cn => int.Parse(Head["CN"], CultureInfo.InvariantCulture);

        public IReadOnlyDictionary<string, string> Fields { get; } =
            Area.Split(';', ',').Where(f => f.Length > 0).Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[1]);

        public DateTimeOffset DataTime => new(DateTime.ParseExact(Fields["DataTime"], "yyyyMMddHHmmss", CultureInfo.InvariantCulture), China);

        public double Value(string name) => double.Parse(Fields[name], CultureInfo.InvariantCulture);

        public static Heard Parse(string data)
        {
            var at = data.IndexOf(";CP=&&", StringComparison.Ordinal);
            Assert.True(at > 0 && data.EndsWith("&&", StringComparison.Ordinal), data);
            return new Heard(data[..at].Split(';').Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[1]), data[(at + 6)..^2]);
        }
    }
}
