using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// Reports about episodes (opened, told of again three times, cleared) of two thousand devices lie in a ledger: how fast the service's clerk makes
/// them one alert each, with his facts durable in the ledger, while every projection on SQLite follows reports and facts. What is told is checked.
/// </summary>
internal static class AlertLoad
{
    private const int Devices = 2_000;
    private const int ReportsPerEpisode = 5;
    private const int Together = 16_384;
    private const string Producer = "fill";

    public static async Task<int> RunAsync(int reports)
    {
        using ScratchFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        await using (OpenedLedger opened = await OpenedLedger.OpenAsync(data))
            await FillAsync(opened.Core, reports);
        long started = TimeProvider.System.GetTimestamp();
        using (IngestProcess service = await IngestProcess.StartAsync(data))
        {
            double ready = service.ReadySeconds;
            while (await service.LargestGapAsync() > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            Say($"{reports:N0} reports of {reports / ReportsPerEpisode:N0} episodes: clerk and every projection there {seconds - ready:F1} s after the service was ready, {reports / (seconds - ready):N0} reports/s; {service.Memory}");
            await service.StopAsync();
        }

        await using (OpenedLedger again = await OpenedLedger.OpenAsync(data))
        {
            if (again.Core.Reader.DurableSize != 2UL * (ulong)reports)
                throw new InvalidOperationException($"{again.Core.Reader.DurableSize} entries, not a fact for each of {reports} reports");
        }

        foreach (string name in new[] { "clerk", "alerts" })
        {
            (double seconds, double cpu, string _) = await IngestProcess.CommandAsync("rebuild", data, "--projection", name);
            Say($"rebuild {name}: {reports / seconds:N0} reports/s, {cpu:F1} CPU s");
        }

        return 0;
    }

    private static async Task FillAsync(LedgerCore core, int reports)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        List<AppendTicket> tickets = new(Together);
        for (int i = 0; i < reports; i++)
        {
            tickets.Add(await core.Appender.AppendAsync(Report(i, now), CancellationToken.None));
            if (tickets.Count < Together && i + 1 < reports)
                continue;
            foreach (AppendTicket ticket in tickets)
            {
                if ((await ticket.Outcome).Receipt?.Code != ReceiptCode.Appended)
                    throw new InvalidOperationException($"report {i} was not appended");
            }

            tickets.Clear();
        }
    }

    // Device by device, so that an episode's reports lie two thousand reports apart.
    private static AppendRequest Report(int number, DateTimeOffset now)
    {
        int device = number % Devices, told = number / Devices % ReportsPerEpisode, episode = number / Devices / ReportsPerEpisode;
        Record record = new()
        {
            Identity = new RecordIdentity { Producer = Producer, Epoch = 1, RecordClass = RecordClass.P0, Sequence = (ulong)number + 1 },
            SourceDevice = FormattableString.Invariant($"outlet-{device:D4}"),
            Sensitivity = Sensitivity.Internal,
            FieldAlert = new FieldAlert
            {
                EpisodeId = FormattableString.Invariant($"{device:D4}-{episode:D6}"), Kind = AlertKind.SuspectedViolation, Severity = AlertSeverity.Warning,
                Phase = told == 0 ? EpisodePhase.Opened : told == ReportsPerEpisode - 1 ? EpisodePhase.Cleared : EpisodePhase.Updated,
                Rule = "night-discharge", Target = "w01018", Title = "夜间排放超标", Place = FormattableString.Invariant($"某排口{device}"), Count = (uint)told + 1, WorstValue = 30 + told,
                Position = new Position { Latitude = 29.3 + (device * 0.0003), Longitude = 106.2 + (device * 0.0005) },
                EpisodeStart = now.AddMinutes(-10).ToTimestamp(), ObservedAt = now.AddMinutes(-5).ToTimestamp(),
            },
        };
        byte[] envelope = new SignedEnvelope
        {
            PayloadType = PayloadTypes.Record, Payload = record.ToByteString(),
            Signatures = { new Signature { KeyId = Producer, Algorithm = "ecdsa-p256-sha256", Value = ByteString.CopyFrom(new byte[71]) } },
        }.ToByteArray();
        return new AppendRequest
        {
            Origin = LeafOrigin.Producer, Identity = record.Identity, Type = (ushort)record.BodyCase, Envelope = envelope, PayloadFingerprint = Sha256Hash.Zero,
        };
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
