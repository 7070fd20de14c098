using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace EdgeEnforcement.Benchmarks;

/// <summary>Adds batch size ÷ mean as a column: the figure people ask for.</summary>
internal sealed class RecordsPerSecondConfig : ManualConfig
{
    // In process: the product's exe projects are not libraries a generated project could be built against.
    public RecordsPerSecondConfig()
    {
        AddColumn(new RecordsPerSecondColumn());
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithLaunchCount(1).WithWarmupCount(2).WithIterationCount(6)
            .WithIterationTime(TimeInterval.FromMilliseconds(250)));
    }

    private sealed class RecordsPerSecondColumn : IColumn
    {
        public string Id => "RecordsPerSecond";
        public string ColumnName => "records/s";
        public bool AlwaysShow => true;
        public ColumnCategory Category => ColumnCategory.Custom;
        public int PriorityInCategory => 0;
        public bool IsNumeric => true;
        public UnitType UnitType => UnitType.Dimensionless;
        public string Legend => "BatchSize divided by the mean";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        {
            var mean = summary[benchmarkCase]?.ResultStatistics?.Mean;
            var size = (int)benchmarkCase.Parameters[nameof(LedgerAppend_BatchSize.BatchSize)];
            return mean is null ? "?" : (size / (mean.Value / 1e9)).ToString("N0", CultureInfo.InvariantCulture);
        }

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }
}
