namespace Disguise.Actors.Faults;

/// <summary>The guards of one emulated machine. All are on unless named as off.</summary>
public sealed class Guards
{
    private readonly Guard[] off;

    private Guards(Guard[] off) => this.off = off;

    /// <summary>Every guard on.</summary>
    public static Guards All { get; } = new([]);

    /// <summary>Every guard on but those named.</summary>
    public static Guards AllBut(params Guard[] off) => new(off);

    /// <summary>
    /// Whether a guard checks. Components on a hot path read this once, when they are made.
    /// </summary>
    public bool IsOn(Guard guard) => !off.Contains(guard);
}
