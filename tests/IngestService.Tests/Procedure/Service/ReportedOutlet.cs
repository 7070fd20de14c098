using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>One outlet behind an agent at the report door: its device admitted two days ago, its rule decided at the centre.</summary>
internal sealed class ReportedOutlet
{
    public const string Station = "MN1";

    private const string Rules = """
        { "format": 1, "id": "permit", "version": "1", "stations": [ { "mn": "MN1", "name": "一号排口" } ], "rules": [
          { "id": "cod-day", "title": "COD 日均值超标", "kind": "threshold", "judges": "violation", "decider": "centre", "stations": ["MN1"],
            "factor": "w01018", "factorName": "化学需氧量", "period": "day", "unit": "mg/L", "comparison": "above", "limit": 50,
            "source": { "permit": "排污许可证 91500112-001", "judgedPeriod": "day" }, "validFrom": "2020-01-01" } ] }
        """;

    private readonly ProcedureStack _stack;
    private readonly CancellationToken _cancellation;
    private readonly Producer _producer = new("agent-1", SigningKey.Create());
    private ulong _reports;
    private ulong _batches;

    private ReportedOutlet(ProcedureStack stack, CancellationToken cancellation) => (_stack, _cancellation) = (stack, cancellation);

    public static async Task<ReportedOutlet> StartAsync(ProcedureStack stack, CancellationToken cancellation, bool isRegistered = true)
    {
        ReportedOutlet outlet = new(stack, cancellation);
        if (isRegistered)
            await stack.RegisterAsync(Device());
        stack.Clock.Pass(TimeSpan.FromDays(2));
        await new Enrolment.EnrolmentClient(stack.Service.Channel).RegisterAsync(Producer.Registration("agent-1", outlet._producer.Key), cancellationToken: cancellation);
        byte[] content = Encoding.UTF8.GetBytes(Rules);
        await outlet.SendAsync(RecordClass.P0, record => record.RuleSetActivated = new RuleSetActivated
        {
            RuleSet = "permit", Version = "1", Sha256 = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray()), Content = ByteString.CopyFrom(content), Decider = "edge", RuleCount = 1,
        });
        return outlet;
    }

    /// <summary>The mean of the day that ended last, with its flag; what stands on the board once the clerk has judged it.</summary>
    public async Task<IReadOnlyList<AlertRow>> ReportDayAsync(double value, string flag)
    {
        DateTimeOffset today = new(_stack.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date, TimeSpan.FromHours(8));
        await SendAsync(RecordClass.P2, record => record.ReadingBatch = new ReadingBatch
        {
            Protocol = "hj212-2017",
            Readings =
            {
                new Reading
                {
                    Factor = "w01018", Kind = ReadingKind.Day, ObservedAt = today.AddDays(-1).ToTimestamp(), PeriodEnd = today.ToTimestamp(),
                    Value = value, Unit = "mg/L", Quality = flag, Ordinal = (uint)_batches,
                },
            },
        });
        await _stack.Service.ClerkAsync();
        ulong size = _stack.Service.App.Services.GetRequiredService<ILedgerReader>().DurableSize;
        AlertPage page = await _stack.Service.Desk.ListAlertsAsync(new ListAlertsRequest { AtLeast = size, PageSize = 20 }, cancellationToken: _cancellation);
        return [.. page.Rows.Where(row => row.Kind != AlertKind.Device)]; // that the agent went away is told, too
    }

    public async Task<AlertDetail> DetailAsync(AlertRow alert) =>
        await _stack.Service.Desk.GetAlertAsync(new GetAlertRequest { AlertId = alert.AlertId }, cancellationToken: _cancellation);

    /// <summary>Registered as a lead, and its case file opened.</summary>
    public async Task<string> OpenAsync(AlertRow alert)
    {
        ActAnswer lead = _stack.Seen(await _stack.Service.Acts.RegisterLeadAsync(new RegisterLeadRequest
        {
            Actor = RegisterWorld.Person, AlertId = alert.AlertId, ExpectedVersion = alert.Version, Reason = "属实",
        }, cancellationToken: _cancellation));
        return await _stack.OpenAsync("COD 日均值超标", source: LeadSourceKind.Alert, lead: lead);
    }

    private static IEnumerable<RegisterChange> Device()
    {
        RegisterChange device = RegisterWorld.Device(Station, AdmissionClass.AgencyMonitor, "2099-12-31", place: "一号排口");
        device.Device.UnitId = ProcedurePeople.Agency;
        yield return device;
        foreach (AdmissionState state in new[] { AdmissionState.Registered, AdmissionState.TechReviewed, AdmissionState.LegalReviewed, AdmissionState.Published, AdmissionState.Admitted })
        {
            RegisterChange step = RegisterWorld.Step(Station, state);
            step.Admission.ItemId = "item-environment";
            yield return step;
        }
    }

    private async Task SendAsync(RecordClass recordClass, Action<Record> fill)
    {
        Record record = new()
        {
            Identity = new RecordIdentity
            {
                Producer = "agent-1", Epoch = 1, RecordClass = recordClass, Sequence = recordClass == RecordClass.P0 ? ++_reports : ++_batches,
            },
            SourceDevice = Station,
            Time = new DeviceTime { AgentTime = _stack.Now },
        };
        fill(record);
        using ReportClient stream = await ReportClient.OpenAsync(_stack.Service.Channel, "agent-1", _cancellation);
        Assert.NotNull((await stream.AskAsync(_producer.Seal(record))).Receipt);
    }
}
