package io.bangwo8stream.standin;

import java.util.List;

/** Chinese sample texts of a help desk: names, questions, replies, problems, comments. */
final class SampleTexts {

    static final List<String> COMPANIES = List.of(
            "金万维科技有限公司",
            "北京宏图贸易有限公司",
            "上海申江机械厂",
            "杭州西子服饰有限公司",
            "深圳前海物流股份有限公司",
            "成都锦里餐饮管理有限公司",
            "苏州园区精密模具有限公司",
            "西安秦川仪器有限公司",
            "广州白云医药连锁",
            "厦门鹭岛旅行社",
            "青岛海泰食品有限公司",
            "武汉光谷软件园",
            "哈尔滨冰城供热公司",
            "昆明滇池花卉合作社",
            "\"老字号\"茶庄(天津)");

    static final List<String> CONTACTS =
            List.of("张三", "李晓梅", "王建国", "陈思雨", "刘洋", "赵敏", "欧阳娜娜", "司马光明", "Tom Wang", "黄 工", "吴会计");

    static final List<String> AGENTS = List.of("李客服", "周工程师", "何敏", "徐一凡");

    static final List<String> COMPUTERS =
            List.of("财务室主机", "前台收银机", "三楼会议室", "DESKTOP-7F2K1", "老板笔记本💻", "C:\\服务器\\备份机", "");

    static final List<String> PROBLEMS = List.of(
            "电脑突然上不了网,微信也登不上",
            "打印机一直卡纸",
            "财务软件保存凭证时报错:0x80004005",
            "忘记了登录密码",
            "开机后显示器不亮",
            "网速特别慢,视频会议卡顿",
            "Excel 打印预览是空白\n重启后还是一样",
            "<b>急</b>:发票打印不出来 & 客户在等");

    static final List<String> SOLUTIONS =
            List.of("重新插好网线并刷新 DNS", "取出卡住的纸并清洁搓纸轮", "修复财务软件数据库", "已重置密码", "更换显示器数据线", "重装打印驱动");

    static final List<String> QUESTIONS =
            List.of("你好,在吗?", "还是不行", "要重启吗?", "好的,我试试", "ID 是多少?", "界面上有个红色的叉", "可以远程了吗", "谢谢😊");

    static final List<String> REPLIES =
            List.of("您好,请稍等,我来远程看看", "请把您的 9 位 ID 发给我", "请点一下“同意”", "现在可以了吗?", "正在检查网络设置", "已经处理好了,请再试一次");

    static final List<String> COMMENTS = List.of("很好", "服务态度好,速度快", "一般", "等太久了", "", "解决了,谢谢!");

    static final List<String> SUBJECTS = List.of("测试工单", "碧桂园", "合同盖章申请", "服务器搬迁", "批量安装杀毒软件", "发票重开", "新员工账号开通");

    private SampleTexts() {}
}
