using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>A station at the other end of a real socket, written without the code under test.</summary>
internal sealed class TestStation(string mn, string st = "32") : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TcpClient _client = new() { NoDelay = true };
    private NetworkStream _stream = null!; // ConnectAsync, which every test calls first

    public string Mn => mn;

    public static async Task<TestStation> ConnectAsync(IPEndPoint agent, string mn, string st = "32")
    {
        var station = new TestStation(mn, st);
        await station._client.ConnectAsync(agent, TestContext.Current.CancellationToken);
        station._stream = station._client.GetStream();
        return station;
    }

    public string Data(int cn, string area, string qn = "20261128160000000", int flag = 5, string pw = "123456", string more = "") =>
        $"QN={qn};ST={st};CN={cn:D4};PW={pw};MN={mn};Flag={flag};{more}CP=&&{area}&&";

    public Task SendAsync(int cn, string area, string qn = "20261128160000000", int flag = 5, string pw = "123456", string more = "") =>
        SendAsync(Vectors.Frame(Data(cn, area, qn, flag, pw, more)));

    public async Task SendAsync(byte[] frame) => await _stream.WriteAsync(frame, TestContext.Current.CancellationToken);

    /// <summary>Answers a command of the host: 9011, then 9012.</summary>
    public async Task ObeyAsync(Told command, int qnRtn = 1, int exeRtn = 1)
    {
        await SendAsync(9011, $"QnRtn={qnRtn}", command.Qn, 4);
        if (qnRtn == 1)
            await SendAsync(9012, $"ExeRtn={exeRtn}", command.Qn, 4);
    }

    /// <summary>The next frame from the host.</summary>
    public async Task<Told> ReceiveAsync()
    {
        var head = await ReadAsync(6);
        Assert.Equal("##", head[..2]);
        var rest = await ReadAsync(int.Parse(head[2..], CultureInfo.InvariantCulture) + 6);
        Assert.Equal(head + rest, Encoding.ASCII.GetString(Vectors.Frame(rest[..^6])));
        return Told.Parse(rest[..^6]);
    }

    /// <summary>Obeys what the host asks until this has come, this included.</summary>
    public async Task<Told> ReceiveAsync(int cn)
    {
        while (true)
        {
            var told = await ReceiveAsync();
            if (told.Cn < 9000)
                await ObeyAsync(told);
            if (told.Cn == cn)
                return told;
        }
    }

    /// <summary>True when the host has closed the link.</summary>
    public async Task<bool> IsClosedAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        var buffer = new byte[1024];
        try
        {
            while (await _stream.ReadAsync(buffer, timeout.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset: closed, too.
        }
        return true;
    }

    private async Task<string> ReadAsync(int count)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, timeout.Token);
        return Encoding.ASCII.GetString(bytes);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What the host said.</summary>
    internal sealed record Told(string Qn, string St, int Cn, string Pw, string Mn, string Flag, string Area)
    {
        public static Told Parse(string data)
        {
            var at = data.IndexOf("CP=&&", StringComparison.Ordinal);
            var head = data[..at].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[1]);
            return new Told(
                head["QN"], head["ST"], int.Parse(head["CN"], CultureInfo.InvariantCulture), head["PW"], head["MN"], head["Flag"], data[(at + 5)..^2]);
        }

        public string Field(string name) => Area.Split(';', ',').Select(f => f.Split('=')).Single(f => f[0] == name)[1];
    }
}
