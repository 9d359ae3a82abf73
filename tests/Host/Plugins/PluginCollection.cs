namespace Disguise.Host.Tests.Plugins;

/// <summary>Tests that build solutions of others against our packages, one after the other.
/// </summary>
[CollectionDefinition(Name)]
public sealed class PluginCollection : ICollectionFixture<PackedLibraries>
{
    public const string Name = "plug-ins";
}
