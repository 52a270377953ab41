package io.bangwo8stream.standin;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Three levels of problem types, with ids and labels, as an account defines them. */
final class SampleProblemTypes {

    /** The ids of one problem type on all three levels. */
    record Path(int first, int second, int third) {}

    static final List<Path> PATHS = List.of(
            new Path(221, 451, 341),
            new Path(221, 451, 342),
            new Path(221, 452, 343),
            new Path(222, 453, 344),
            new Path(222, 454, 345),
            new Path(223, 455, 346),
            new Path(223, 456, 347),
            new Path(224, 457, 348));

    static final Map<String, String> ALL = List.of(
                    "221 网络",
                    "451 无法上网",
                    "341 网线松动",
                    "342 DNS 错误",
                    "452 网速慢",
                    "343 带宽被占用",
                    "222 软件",
                    "453 财务软件",
                    "344 凭证无法保存",
                    "454 办公软件",
                    "345 打印预览空白",
                    "223 硬件",
                    "455 打印机",
                    "346 卡纸",
                    "456 显示器",
                    "347 不亮",
                    "224 账号",
                    "457 登录",
                    "348 忘记密码")
            .stream()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    private SampleProblemTypes() {}
}
