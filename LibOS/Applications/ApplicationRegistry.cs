namespace Disguise.LibOS.Applications;

/// <summary>The applications that tenants can run, by the kind that an experiment names.</summary>
public static class ApplicationRegistry
{
    private static readonly SortedDictionary<string, Func<ApplicationParameters, IApplication>>
        Makers = new(StringComparer.Ordinal)
        {
            ["rogue"] = parameters => new Rogue(
                checked((ushort)parameters.NumberOf("port", 7))),
            ["udp-echo"] = parameters => new UdpEcho(
                checked((ushort)parameters.NumberOf("port", 7)), parameters.NumberOf("work", 0)),
        };

    /// <summary>The kinds, in order.</summary>
    public static IReadOnlyCollection<string> Kinds => Makers.Keys;

    /// <summary>Makes an application; false for a kind that is none.</summary>
    public static bool TryMake(
        string kind, ApplicationParameters parameters, out IApplication application)
    {
        var isKnown = Makers.TryGetValue(kind, out var make);
        application = isKnown ? make!(parameters) : null!;
        return isKnown;
    }
}
