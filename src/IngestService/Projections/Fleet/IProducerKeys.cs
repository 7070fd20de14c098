namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>Registered keys as the fleet projection knows them: up to its cursor, not to the last appended entry.</summary>
internal interface IProducerKeys
{
    ProducerKey? Find(string producer);
}
