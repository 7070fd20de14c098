using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Media;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Cases;

/// <summary>Lawful deletion in the service as it is started, on a real disk, over the wire.</summary>
public sealed class ErasureServiceTests : IDisposable
{
    private const string Marker = "渝A8T305-涉密线人";

    // Set by scripts/check-erasure-on-disk.sh, which looks at the disk afterwards: then the data stays.
    private static readonly string? Kept = Environment.GetEnvironmentVariable("EE_ERASURE_DATA");

    private readonly string _data = Kept ?? Directory.CreateTempSubdirectory("ee-erasure-").FullName;
    private readonly byte[] _footage = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Marker + "·footage·", 40_000)));
    private readonly Producer _producer = new("dock-1", SigningKey.Create());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Kept is null)
            Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task After_two_approvals_not_a_byte_is_left_and_everything_else_is_as_it_was()
    {
        var manifest = _producer.Seal(Manifest($"DCIM/{Marker}.mp4"));
        var alert = _producer.Seal(Alert("e1"));
        ulong erased;
        string live;
        await using (var service = await StartAsync())
        {
            using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
            var file = await AppendAsync(stream, manifest);
            await AppendAsync(stream, _producer.Seal(Label(manifest)));
            await AppendAsync(stream, _producer.Seal(Custody(manifest)));
            var kept = await AppendAsync(stream, _producer.Seal(Alert("e2", title: "another")));
            var reported = await AppendAsync(stream, alert);
            await service.UploadAsync(file, _footage);
            await service.Acts.CheckEvidenceAsync(new CheckEvidenceRequest { Actor = Person("9"), ManifestIndex = file }, cancellationToken: Cancellation);
            await service.ClerkAsync();
            Assert.NotEmpty(FilesWith(Encoding.UTF8.GetBytes(Marker)));
            var next = await AppendAsync(stream, _producer.Seal(Manifest("DCIM/next.mp4", previous: Payload(manifest))));

            erased = await service.EraseAsync((file, file), (reported, reported));

            await service.ClerkAsync();
            live = await service.DumpAsync(erased + 1);
            Assert.DoesNotContain(Marker, live, StringComparison.Ordinal);
            var detail = await service.Desk.GetMediaAsync(new GetMediaRequest { AtLeast = erased + 1, ManifestIndex = file }, cancellationToken: Cancellation);
            Assert.Equal((MediaState.Erased, "dock-1", "", true), (detail.Row.State, detail.Row.Producer, detail.Row.OriginalPath, detail.Manifest is null));
            Assert.Equal("erased", Assert.Single(detail.Timeline).Kind);
            Assert.True((await service.Desk.GetMediaAsync(new GetMediaRequest { ManifestIndex = next }, cancellationToken: Cancellation)).ChainIntact);
            Assert.Equal(StatusCode.NotFound, await StatusAsync(service.Vault.BeginAsync(new BeginRequest { ManifestIndex = file }, cancellationToken: Cancellation)));
            Assert.Equal(StatusCode.NotFound, await StatusAsync(service.Desk.GetAlertAsync(new GetAlertRequest { AlertId = "e1" }, cancellationToken: Cancellation)));
            Assert.Equal("another", (await service.Desk.GetAlertAsync(new GetAlertRequest { AlertId = "e2" }, cancellationToken: Cancellation)).Row.Title);
            Assert.Equal(ReceiptCode.Erased, (await stream.AskAsync(manifest)).Receipt.Code);
            Assert.Equal(ReceiptCode.Erased, (await stream.AskAsync(alert)).Receipt.Code);
            Assert.True(kept < erased);
        }

        Assert.Empty(FilesWith(Encoding.UTF8.GetBytes(Marker)));
        Assert.Empty(FilesWith(Sha256Hash.Of(_footage).ToArray()));
        Assert.Empty(FilesWith(Encoding.ASCII.GetBytes(Sha256Hash.Of(_footage).ToString())));
        Assert.Equal(live, await RebuiltAsync(erased + 1));
        var output = new StringWriter();
        Assert.Equal(ExitCode.Ok, VerifyCommand.Run(new PhysicalFileSystem(), new LedgerPaths(_data), null, output));
        Assert.Contains("lawfully erased", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clerk_goes_on_after_an_erasure_as_if_the_file_had_never_come_also_when_his_file_is_lost()
    {
        ulong erased;
        await using (var service = await StartAsync())
        {
            using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
            var reported = await AppendAsync(stream, _producer.Seal(Alert("e1")));
            var file = await AppendAsync(stream, _producer.Seal(Manifest($"DCIM/{Marker}.mp4", caseNumber: "渝执立〔2026〕7号")));
            await service.ClerkAsync();
            erased = await service.EraseAsync((reported, reported), (file, file));
            await service.ClerkAsync();
        }
        File.Delete(Path.Combine(_data, "clerk.db"));
        await using var again = await StartAsync(register: false);
        using var more = await ReportClient.OpenAsync(again.Channel, "dock-1", Cancellation);
        await AppendAsync(more, _producer.Seal(Alert("e3", title: "after")));
        // The number of the erased file: it would be attached if anything of it were left.
        await again.Acts.OpenCaseAsync(new OpenCaseRequest { Actor = Person("9"), Title = "案", Number = "渝执立〔2026〕7号" }, cancellationToken: Cancellation);
        await again.ClerkAsync();

        var size = again.App.Services.GetRequiredService<ILedgerReader>().DurableSize;
        Assert.Equal("after", (await again.Desk.GetAlertAsync(new GetAlertRequest { AtLeast = size, AlertId = "e3" }, cancellationToken: Cancellation)).Row.Title);
        Assert.Empty((await again.Desk.GetCaseAsync(new GetCaseRequest { CaseId = "渝执立〔2026〕7号" }, cancellationToken: Cancellation)).Evidence);
        var entries = again.App.Services.GetRequiredService<ILedgerReader>().ReadFrom(new EntryIndex(0), 1000);
        Assert.DoesNotContain(entries, entry => entry.Leaf.Flags.HasFlag(LeafFlags.Conflict));
        Assert.Equal(2, entries.Count(entry => entry.Leaf.Type == Record.AlertOpenedFieldNumber));
        Assert.True(erased > 0);
    }

    [Fact]
    public async Task Bytes_that_another_file_promises_too_stay_until_that_one_goes()
    {
        await using var service = await StartAsync();
        using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
        var one = await AppendAsync(stream, _producer.Seal(Manifest("one.mp4")));
        var two = await AppendAsync(stream, _producer.Seal(Manifest("two.mp4")));
        await service.UploadAsync(one, _footage);
        await service.UploadAsync(two, _footage);

        await service.EraseAsync((one, one));
        Assert.Equal(_footage, await service.Http.GetByteArrayAsync($"/media/{two}", Cancellation));
        await service.EraseAsync((two, two));

        Assert.Empty(Directory.GetFiles(Path.Combine(_data, "media"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_case_that_loses_lines_by_an_erasure_says_by_which()
    {
        await using var service = await StartAsync();
        using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
        var file = await AppendAsync(stream, _producer.Seal(Manifest($"{Marker}.mp4")));
        var opened = await service.Acts.OpenCaseAsync(new OpenCaseRequest { Actor = Person("9"), Title = "案", Number = "渝/7" }, cancellationToken: Cancellation);
        await service.Acts.AttachMediaAsync(
            new AttachMediaRequest { Actor = Person("9"), CaseId = opened.SubjectId, ManifestIndex = file, Reason = Marker }, cancellationToken: Cancellation);
        await service.Acts.DetachMediaAsync(
            new DetachMediaRequest { Actor = Person("9"), CaseId = opened.SubjectId, ManifestIndex = file, ExpectedEvidenceVersion = 1, Reason = "误附" },
            cancellationToken: Cancellation);

        var erased = await service.EraseAsync((file, file));

        var detail = await service.Desk.GetCaseAsync(new GetCaseRequest { AtLeast = erased + 1, CaseId = opened.SubjectId }, cancellationToken: Cancellation);
        Assert.Equal(["case_opened", "erased"], detail.Timeline.Select(line => line.Kind));
        Assert.Equal((erased, 2UL), (detail.Timeline[1].EntryIndex, detail.Row.EvidenceVersion));
        Assert.DoesNotContain(Marker, detail.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requester", StatusCode.FailedPrecondition)]
    [InlineData("same-twice", StatusCode.FailedPrecondition)]
    [InlineData("stale", StatusCode.Aborted)]
    [InlineData("label-since", StatusCode.Aborted)]
    [InlineData("attached-since", StatusCode.FailedPrecondition)]
    [InlineData("withdrawn", StatusCode.FailedPrecondition)]
    public async Task An_approval_that_must_not_count_is_refused_and_nothing_is_touched(string what, StatusCode expected)
    {
        await using var service = await StartAsync();
        using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
        var manifest = _producer.Seal(Manifest($"{Marker}.mp4"));
        var file = await AppendAsync(stream, manifest);
        await service.UploadAsync(file, _footage);
        var id = (await service.RequestAsync((file, file))).SubjectId;
        if (what != "requester")
            await service.ApproveAsync(id, "2", 1);
        if (what == "label-since")
            await AppendAsync(stream, _producer.Seal(Label(manifest)));
        if (what == "attached-since")
        {
            var opened = await service.Acts.OpenCaseAsync(new OpenCaseRequest { Actor = Person("9"), Title = "案" }, cancellationToken: Cancellation);
            await service.Acts.AttachMediaAsync(
                new AttachMediaRequest { Actor = Person("9"), CaseId = opened.SubjectId, ManifestIndex = file, Reason = "现场" }, cancellationToken: Cancellation);
        }
        if (what == "withdrawn")
            await service.Acts.WithdrawErasureAsync(
                new WithdrawErasureRequest { Actor = Person("9"), ErasureId = id, ExpectedVersion = 2, Reason = "误" }, cancellationToken: Cancellation);

        Task<ActAnswer> approval = what switch
        {
            "requester" => service.ApproveAsync(id, "1", 1),
            "same-twice" => service.ApproveAsync(id, " 2 ", 2),
            "stale" => service.ApproveAsync(id, "3", 1),
            "withdrawn" => service.ApproveAsync(id, "3", 3),
            _ => service.ApproveAsync(id, "3", 2),
        };

        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(async () => await approval)).StatusCode);
        Assert.Equal(_footage, await service.Http.GetByteArrayAsync($"/media/{file}", Cancellation));
        Assert.Equal(0UL, service.App.Services.GetRequiredService<ILedgerReader>().ErasedThrough);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_data, "media"), "*", SearchOption.AllDirectories), path => path.Contains("erasing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_second_approvals_at_once_one_wins()
    {
        await using var service = await StartAsync();
        using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
        var file = await AppendAsync(stream, _producer.Seal(Manifest($"{Marker}.mp4")));
        var id = (await service.RequestAsync((file, file))).SubjectId;
        await service.ApproveAsync(id, "2", 1);

        var both = new[] { service.ApproveAsync(id, "3", 2), service.ApproveAsync(id, "4", 2) };
        await Task.WhenAll(both).ContinueWith(static _ => { }, TaskScheduler.Default);

        var won = await Assert.Single(both, approval => approval.IsCompletedSuccessfully);
        var row = (await service.Desk.GetErasureAsync(new GetErasureRequest { AtLeast = won.LedgerSize, ErasureId = id }, cancellationToken: Cancellation)).Row;
        Assert.Equal((ErasureState.Erased, 3UL, 2), (row.State, row.Version, row.Approvers.Count));
    }

    private IEnumerable<string> FilesWith(byte[] bytes) => Directory.GetFiles(_data, "*", SearchOption.AllDirectories)
        .Where(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0);

    /// Every table of every projection and the clerk's, made again from what the ledger still holds.
    private async Task<string> RebuiltAsync(ulong atLeast)
    {
        Directory.Delete(Path.Combine(_data, "projections"), recursive: true);
        File.Delete(Path.Combine(_data, "clerk.db"));
        await using var service = await StartAsync(register: false);
        await service.ClerkAsync();
        return await service.DumpAsync(atLeast);
    }

    private async Task<RunningErasure> StartAsync(bool register = true)
    {
        var service = await RunningErasure.StartAsync(_data, Cancellation);
        if (register)
            await new Enrolment.EnrolmentClient(service.Channel).RegisterAsync(Producer.Registration("dock-1", _producer.Key), cancellationToken: Cancellation);
        return service;
    }

    private static async Task<ulong> AppendAsync(ReportClient stream, byte[] envelope)
    {
        var answer = await stream.AskAsync(envelope);
        Assert.True(answer.Receipt is { Code: ReceiptCode.Appended }, answer.ToString());
        return answer.Receipt.Index;
    }

    internal static Actor Person(string id) => new() { Id = id, Name = "人员" + id, Unit = "执法支队" };

    private static async Task<StatusCode> StatusAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private static ByteString Payload(byte[] envelope) =>
        ByteString.CopyFrom(Sha256Hash.Of(SignedEnvelope.Parser.ParseFrom(envelope).Payload.Span).ToArray());

    private Record Label(byte[] manifest) => new()
    {
        Identity = _producer.Identity(),
        MediaLabel = new MediaLabel { ManifestSha256 = Payload(manifest), Officer = "000001", LabelKind = "incident", Remark = Marker },
    };

    private Record Custody(byte[] manifest) => new()
    {
        Identity = _producer.Identity(),
        CustodyEvent = new CustodyEvent
        {
            Kind = CustodyEventKind.StationCopied, Recorder = "A1", ManifestSha256 = Payload(manifest), Paths = { $"DCIM/{Marker}.mp4" },
        },
    };

    private Record Alert(string episode, string title = Marker) => new()
    {
        Identity = _producer.Identity(),
        SourceDevice = "sensor-1",
        FieldAlert = new FieldAlert
        {
            EpisodeId = episode, Phase = EpisodePhase.Opened, Kind = AlertKind.SuspectedViolation, Severity = AlertSeverity.Warning,
            Title = title, Description = title, Rule = "manual",
        },
    };

    private Record Manifest(string path, ByteString? previous = null, string caseNumber = "")
    {
        var record = new Record
        {
            Identity = _producer.Identity(),
            SourceDevice = "A1",
            MediaManifest = new MediaManifest
            {
                Recorder = "A1", Dock = "dock-1", OriginalPath = path, SizeBytes = (ulong)_footage.Length, Container = "mp4",
                ChunkBytes = MediaFixture.ChunkBytes, ChunkSha256 = ByteString.CopyFrom(Sha256Hash.Of(_footage).ToArray()),
                PreviousManifestSha256 = previous ?? ByteString.Empty, CaseNumber = caseNumber,
            },
        };
        if (previous is not null)
        {
            record.MediaManifest.SizeBytes = 1;
            record.MediaManifest.ChunkSha256 = ByteString.CopyFrom(Sha256Hash.Of("x"u8).ToArray());
        }
        record.MediaManifest.Digests.Add(new Digest { Algorithm = "sha-256", Value = record.MediaManifest.ChunkSha256 });
        return record;
    }
}
