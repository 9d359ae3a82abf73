using Disguise.Host.Experiments;

namespace Disguise.Host.Sweeps;

/// <summary>One choice of values for the axes of a sweep.</summary>
/// <param name="Number">From 0, the last axis counting fastest.</param>
/// <param name="Settings">The value of each axis, in the order of the axes.</param>
public sealed record SweepPoint(int Number, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>The settings as the command line would give them.</summary>
    public IEnumerable<Override> Overrides() => Settings.Select(setting => new Override(
        setting.Key, setting.Value, $"sweep: {setting.Key}: {setting.Value}"));

    /// <summary>All points of some axes, in order; one without settings where there is none.
    /// </summary>
    public static IReadOnlyList<SweepPoint> Product(IReadOnlyList<SweepAxis> axes)
    {
        var count = axes.Aggregate(1, (product, axis) => checked(product * axis.Values.Count));
        var points = new List<SweepPoint>(count);
        for (var number = 0; number < count; number++)
        {
            var settings = new KeyValuePair<string, string>[axes.Count];
            var rest = number;
            for (var axis = axes.Count - 1; axis >= 0; axis--)
            {
                var values = axes[axis].Values;
                settings[axis] = new(axes[axis].Path, values[rest % values.Count]);
                rest /= values.Count;
            }

            points.Add(new SweepPoint(number, settings));
        }

        return points;
    }
}
