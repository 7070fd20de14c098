using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>Resident memory of both processes, started and left alone for a minute.</summary>
internal static class IdleMemory
{
    public static async Task<int> RunAsync()
    {
        using var station = await Station.StartAsync();
        await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"idle for a minute: agent {station.Agent.Read().ResidentMiB} MiB, service {station.Service.Read().ResidentMiB} MiB"));
        return 0;
    }
}
