using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// The bays on a terminal, twice a second.
internal sealed class ProgressView(AgentStatusReader status, IAnsiConsole console, TimeProvider time, StatusWords words)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<int, (long Bytes, long At, double PerSecond)> _rates = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(Interval, time);
        await console.Live(Render(status.Read())).StartAsync(async live =>
        {
            try
            {
                while (await ticks.WaitForNextTickAsync(cancellation))
                    live.UpdateTarget(Render(status.Read()));
            }
            catch (OperationCanceledException)
            {
                live.UpdateTarget(Render(status.Read()));
            }
        });
    }

    private IRenderable Render(AgentSnapshot snapshot) =>
        StatusTable.Render(snapshot, words, [.. snapshot.Bays.Select(b => Rate(b.Bay, b.BytesDone))]);

    private string Rate(int bay, long bytes)
    {
        var now = time.GetTimestamp();
        if (!_rates.TryGetValue(bay, out var last))
            last = (bytes, now, 0);
        var seconds = time.GetElapsedTime(last.At, now).TotalSeconds;
        var rate = seconds > 0 ? Math.Max(0, bytes - last.Bytes) / seconds : last.PerSecond;
        _rates[bay] = (bytes, now, rate);
        return rate > 0 ? (rate / 1e6).ToString("F1", CultureInfo.InvariantCulture) + " MB/s" : "";
    }
}
