using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

internal sealed class KnownProducerRule(ProducerRegister register)
{
    public RefusalDetail? Check(string producer, out RegisteredProducer? known)
    {
        known = register.Find(producer);
        return known is not null ? null : new RefusalDetail(RefusalCode.UnknownProducer, $"\"{Shown(producer)}\" is not registered");
    }

    // What a stranger sent is cut before it is repeated.
    private static string Shown(string producer) =>
        producer.Length <= ProducerNames.MaxLength ? producer : string.Concat(producer.AsSpan(0, ProducerNames.MaxLength), "...");
}
