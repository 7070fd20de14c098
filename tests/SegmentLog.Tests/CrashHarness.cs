using System.Globalization;
using System.Text;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests;

/// Runs a fixed workload against a disk, remembers what it was promised, and says after a restart which promise was broken.
internal sealed class CrashHarness(ShadowFileSystem disk, IFileSystem? seenByTheWriter = null)
{
    public const string Directory = "/log";

    private static readonly SegmentLogOptions Options = new() { SegmentBytes = 1024 };
    private static readonly Guid LogId = Guid.Parse("5d3f0d5e-7a0b-4a5e-9a61-0c7d3a3b2f10");

    private readonly IFileSystem _files = seenByTheWriter ?? disk;
    private readonly Dictionary<ulong, List<string>> _appended = [];
    private readonly Dictionary<ulong, string> _promised = [];
    private int _attempt;

    public List<string> Broken { get; } = [];

    public int PromisedCount => _promised.Count;

    /// Two lives of a log with rolls, several appends under one flush, and a clean restart between. False if a call failed.
    public bool RunWorkload(int batches = 14)
    {
        try
        {
            RunOneLife(batches);
            RunOneLife(batches / 2);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void RunOneLife(int batches)
    {
        using var writer = Open(out _);
        CheckContent(writer.Reader, "a restart");
        for (var i = 0; i < batches; i++)
        {
            try
            {
                Append(writer, 1 + (i % 4));
                if (i % 3 != 2) // now and then two batches share a flush
                    writer.Flush();
            }
            catch (SegmentLogFatalException)
            {
                Promise(writer);
                CheckSticky(writer);
                throw;
            }
            Promise(writer);
        }
        writer.Flush();
        Promise(writer);
    }

    private SegmentWriter Open(out RecoveryReport report) =>
        SegmentWriter.Open(_files, Directory, Options, LogId, RecoveryFloor.None, out report);

    private void Append(SegmentWriter writer, int count)
    {
        var batch = new RecordBatch();
        _attempt++;
        for (var i = 0; i < count; i++)
        {
            var index = writer.NextIndex.Value + (ulong)i;
            var text = string.Create(CultureInfo.InvariantCulture, $"record {index} of attempt {_attempt} {new string('x', (int)(index * 7 % 90))}");
            if (!_appended.TryGetValue(index, out var all))
                _appended.Add(index, all = []);
            all.Add(text);
            batch.Add(Encoding.ASCII.GetBytes(text), Encoding.ASCII.GetBytes("body of " + text));
        }
        writer.Append(batch);
    }

    private void Promise(SegmentWriter writer)
    {
        for (var index = (ulong)_promised.Count; index < writer.DurableEnd.Value; index++)
            _promised.Add(index, _appended[index][^1]);
    }

    private void CheckSticky(SegmentWriter writer)
    {
        var durable = writer.DurableEnd;
        Refuses(() => Append(writer, 1));
        Refuses(writer.Flush);
        if (writer.DurableEnd != durable)
            Broken.Add("something became durable after a failure");
    }

    private void Refuses(Action call)
    {
        try
        {
            call();
            Broken.Add("a call after a failure succeeded");
        }
        catch (SegmentLogFatalException)
        {
            // what must happen
        }
    }

    /// Opens the log, checks it, goes on writing, cuts the power again and checks once more.
    public void CheckRestart()
    {
        try
        {
            using (var writer = Open(out _))
            {
                CheckContent(writer.Reader, "the crash");
                Append(writer, 3);
                Append(writer, 2);
                writer.Flush();
                Promise(writer);
            }
            disk.Crash(CrashMode.Drop);
            using var again = Open(out var report);
            if (report.Cut is not null)
                Broken.Add("a tail was cut though everything was flushed");
            CheckContent(again.Reader, "the second crash");
        }
        catch (Exception unexpected) when (unexpected is IOException or InvalidOperationException)
        {
            Broken.Add("the log does not open: " + unexpected.Message);
        }
    }

    private void CheckContent(SegmentReader reader, string after)
    {
        ulong next = 0;
        foreach (var record in reader.ReadFrom(default))
        {
            var text = Encoding.ASCII.GetString(record.Head.Span);
            if (record.Index.Value != next || record.BodyState != BodyState.Intact
                || Encoding.ASCII.GetString(record.Body.Span) != "body of " + text)
                Broken.Add($"record {next} is not sound after {after}");
            if (_promised.TryGetValue(next, out var promised) && promised != text)
                Broken.Add($"record {next} was promised and is another after {after}");
            if (!_appended.TryGetValue(next, out var all) || !all.Contains(text))
                Broken.Add($"record {next} was never appended and is there after {after}");
            next++;
        }
        if (next < (ulong)_promised.Count)
            Broken.Add($"records from {next} on were promised and are gone after {after}");

        // What was found counts as promised from here on: readers have seen it.
        for (var index = (ulong)_promised.Count; index < next; index++)
            _promised.Add(index, Encoding.ASCII.GetString(reader.Read(new RecordIndex(index)).Head.Span));
    }
}
